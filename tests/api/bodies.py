"""Bodies that schemathesis cannot write by itself: uploads of WebAssembly are bytes as they are."""

import schemathesis


@schemathesis.serializer("application/wasm")
def wasm(_ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
