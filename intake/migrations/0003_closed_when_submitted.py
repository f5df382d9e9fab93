from django.db import migrations

from audit import history

CLOSE = """
CREATE FUNCTION intake_refuse_submitted() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM intake_intake
               WHERE id = OLD.intake_id AND submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of a submitted intake: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = '23001';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER intake_intakeanswer_submitted BEFORE UPDATE OR DELETE ON intake_intakeanswer
FOR EACH ROW EXECUTE FUNCTION intake_refuse_submitted();

CREATE FUNCTION intake_refuse_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.withdrawn_at IS NULL
           AND to_jsonb(NEW) - 'withdrawn_at' = to_jsonb(OLD) - 'withdrawn_at' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A consent is signed: it can only be withdrawn' USING ERRCODE = '23001';
END $$;

CREATE TRIGGER intake_consent_signed BEFORE UPDATE OR DELETE ON intake_consent
FOR EACH ROW EXECUTE FUNCTION intake_refuse_consent();
"""

OPEN = """
DROP TRIGGER intake_intakeanswer_submitted ON intake_intakeanswer;
DROP TRIGGER intake_consent_signed ON intake_consent;
DROP FUNCTION intake_refuse_submitted();
DROP FUNCTION intake_refuse_consent();
"""


class Migration(migrations.Migration):
    """What a patient submitted and signed stays as it was; a consent can only be withdrawn."""

    dependencies = [("intake", "0002_history")]

    operations = [
        migrations.RunSQL(CLOSE, OPEN),
        history.append_only("intake_screeningresult"),
    ]
