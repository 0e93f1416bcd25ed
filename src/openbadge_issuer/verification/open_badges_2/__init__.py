"""Verifying badges of Open Badges 2.0, and those of 0.5 to 1.1 read as such.

`judging` runs the checks over one badge; `hosted` and `signed` are the two ways by which a badge is shown
to be genuine, `scope` tells where an issuer's badges may stand, `revocation` reads the issuer's list.
"""

from __future__ import annotations
