"""Policy packs on disk: folders of YAML read into a `Policy`, every fault with its file and line."""

from datumline.pack_files.faults import PackFaults
from datumline.pack_files.loading import load

__all__ = ["PackFaults", "load"]
