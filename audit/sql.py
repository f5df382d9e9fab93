"""The PL/pgSQL behind row history and signed records (used by the first migration only)."""

ROW_HISTORY = """
CREATE FUNCTION audit_row_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    row_now jsonb := coalesce(new_row, old_row);
    difference jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)) INTO difference
        FROM jsonb_each(new_row) n JOIN jsonb_each(old_row) o USING (key)
        WHERE n.value IS DISTINCT FROM o.value;
        IF difference IS NULL THEN RETURN NULL; END IF;
    ELSE
        difference := row_now;
    END IF;
    INSERT INTO audit_auditevent
        (at, actor, action, subject, subject_id, patient_number, changes, detail)
    VALUES (clock_timestamp(), coalesce(current_setting('app.actor', true), ''), lower(TG_OP),
            TG_TABLE_NAME, row_now->>'id',
            CASE WHEN TG_ARGV[0] = '' THEN NULL ELSE (row_now->>TG_ARGV[0])::bigint END,
            difference, '');
    RETURN NULL;
END $$;
"""

REFUSALS = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001';
END $$;

CREATE FUNCTION audit_refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION '% % is signed: add an addendum instead', TG_TABLE_NAME, OLD.id
            USING ERRCODE = '23001';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse_signed_parent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_parent text := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD)->>TG_ARGV[1] END;
    new_parent text := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW)->>TG_ARGV[1] END;
    is_signed boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id IN ($1::bigint, $2::bigint) '
                   'AND signed_at IS NOT NULL)', TG_ARGV[0])
        INTO is_signed USING old_parent, new_parent;
    IF is_signed THEN
        RAISE EXCEPTION '% belongs to a signed record: add an addendum instead', TG_TABLE_NAME
            USING ERRCODE = '23001';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""

DROP_ALL = """
DROP FUNCTION audit_row_history();
DROP FUNCTION audit_refuse_change();
DROP FUNCTION audit_refuse_signed();
DROP FUNCTION audit_refuse_signed_parent();
"""
