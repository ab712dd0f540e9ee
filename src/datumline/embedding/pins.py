"""Which files the encoder is made of, and the SHA-256 that each must have.

Imports nothing, so that build steps may read it.
"""

MODEL = "all-MiniLM-L6-v2"

WEIGHTS_FILE = "minilm-l6-v2.fp16.safetensors"
WEIGHTS_SHA256 = "152660bb604062436c77e7e37a17f262f5509bfb09d36dd2bc955c9de6f817ee"

VOCABULARY_FILE = "vocab.txt"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

NOTICE_FILE = "NOTICE"
