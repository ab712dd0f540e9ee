"""Policy packs on disk: folders of YAML read into a `Policy`, every fault with its file and line."""

from datumline.pack_files.faults import PackFaults
from datumline.pack_files.kept import kept
from datumline.pack_files.loading import content_of, load
from datumline.pack_files.one_file import as_yaml

__all__ = ["PackFaults", "as_yaml", "content_of", "kept", "load"]
