import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_attention"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="outbox_salt",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                help_text="Of the key that encrypts what a browser keeps for this user.",
            ),
        ),
    ]
