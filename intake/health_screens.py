"""On which screen each health check is asked: slug, title, ids of ``clinical.screening``."""

HEALTH_SCREENS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "today",
        "How are you today?",
        ("medical_emergency_now", "acute_illness", "under_influence", "mental_health"),
    ),
    (
        "nerves",
        "Feeling, bladder and strength",
        (
            "rf_saddle",
            "rf_bladder",
            "rf_bowel_sexual",
            "rf_bilateral_leg",
            "rf_progressive_weakness",
            "rf_gait_hands",
        ),
    ),
    (
        "head-chest-belly",
        "Head, chest and belly",
        ("rf_vascular_neck", "rf_chest_pain", "rf_abdominal", "rf_apical_lung"),
    ),
    (
        "changes",
        "Changes in your health",
        (
            "rf_fever",
            "rf_trauma",
            "rf_steroid_age",
            "rf_weight_loss",
            "rf_night_pain",
            "rf_cancer_history",
            "rf_morning_stiffness",
        ),
    ),
    (
        "needles",
        "Needles and treatment",
        ("needle_phobia", "fainting", "previous_reaction", "capacity", "cannot_lie_still"),
    ),
    (
        "blood",
        "Blood and circulation",
        ("bleeding_disorder", "anticoagulant", "antiplatelet", "dvt", "vascular_disease"),
    ),
    (
        "heart-lungs",
        "Heart and lungs",
        (
            "heart_valve",
            "heart_unstable",
            "pacemaker",
            "lung_disease",
            "previous_pneumothorax",
            "smoker_tall_thin",
            "flight_dive_planned",
        ),
    ),
    (
        "infection-skin",
        "Infection, skin and allergy",
        (
            "immunocompromised",
            "blood_borne_virus",
            "skin_infection",
            "metal_allergy",
            "lymphoedema",
            "diabetes",
        ),
    ),
    (
        "operations",
        "Operations and cancer",
        ("surgery_recent", "implants", "botox_injection", "cancer", "radiotherapy"),
    ),
    (
        "bones-nerves",
        "Bones, joints and nerves",
        (
            "osteoporosis",
            "hypermobility",
            "frail",
            "autoimmune_inflammatory",
            "altered_sensation",
            "known_neuropathy",
            "epilepsy",
        ),
    ),
    ("other-health", "A few more", ("pregnancy", "breastfeeding", "previous_imaging")),
)
