"""Datumline: dated evidence, and the career decisions that stand on it."""

import os

__version__ = "0.1.0"

# Read by numpy's linear algebra when it is first imported. More threads than one make it slower, tenfold and
# worse, as soon as another process is busy; the product scales by processes. An operator's setting stands.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
