"""Write the schemas beside this file, for editors and for users of the JSON report."""

from tcia_policy.schema import FOLDER, SCHEMAS, render_schema

for name in SCHEMAS:
    (FOLDER / f"{name}.schema.json").write_text(render_schema(name), encoding="utf-8")
