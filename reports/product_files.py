"""What comes along with the product: the beginning of a secretariat, templates, schemas, settings of editors.

In a checkout these folders lie where people look for them; in an installation they lie in `resources` below the
package, where the build (`pyproject.toml`) has put them. Nothing else asks where the product lies.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "resources"

#: The folder of the checkout the product runs from; None where it is installed.
CHECKOUT = None if _INSTALLED.is_dir() else _PACKAGE.parent
_ROOT = CHECKOUT or _INSTALLED

#: What every secretariat begins with.
STARTER = _PACKAGE / "starter"
TEMPLATES = _ROOT / "templates"
SCHEMA = _ROOT / "schema"
#: How an editor finds the schemas.
SETTINGS = _ROOT / ".vscode"
