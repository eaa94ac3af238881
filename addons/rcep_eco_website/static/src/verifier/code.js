/* The code behind # in the QR: decimal digits, a COSE_Sign1 message (RFC 9052), a map of claims. Read, and checked. */
(function () {
    "use strict";

    const NAMES = [
        "", "number", "agreement", "issued_on", "valid_until", "exporter", "credit_code", "importing_party", "invoices",
        "goods", "digest", "made_at", "revision", "specimen", "state", "index",
    ];
    const LONGEST = 2000;

    class Unreadable extends Error {}

    function bytesOf(digits) {
        if (!/^[1-9][0-9]*$/.test(digits) || digits.length > LONGEST) {
            throw new Unreadable("digits");
        }
        let hex = BigInt(digits).toString(16);
        hex = hex.length % 2 ? `0${hex}` : hex;
        const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
        if (bytes[0] !== 1) {
            throw new Unreadable("digits");
        }
        return bytes.slice(1);
    }

    /* Deterministic CBOR (RFC 8949, section 4.2.1) of what a code holds; anything else is refused. */
    function decode(bytes) {
        let at = 0;
        const need = (count) => {
            if (at + count > bytes.length) {
                throw new Unreadable("short");
            }
            at += count;
            return bytes.subarray(at - count, at);
        };
        const head = () => {
            const [first] = need(1);
            const kind = first >> 5;
            let value = first & 31;
            if (value >= 24) {
                const size = { 24: 1, 25: 2, 26: 4 }[value];
                if (!size) {
                    throw new Unreadable("head");
                }
                value = need(size).reduce((sum, byte) => sum * 256 + byte, 0);
                if (value < (size === 1 ? 24 : 256 ** (size / 2))) {
                    throw new Unreadable("not the shortest form");
                }
            }
            return [kind, value];
        };
        const item = (depth) => {
            if (depth > 6) {
                throw new Unreadable("deep");
            }
            const [kind, value] = head();
            switch (kind) {
                case 0:
                    return value;
                case 1:
                    return -1 - value;
                case 2:
                    return need(value).slice();
                case 3:
                    return new TextDecoder("utf-8", { fatal: true }).decode(need(value));
                case 4:
                    return Array.from({ length: value }, () => item(depth + 1));
                case 5: {
                    const map = new Map();
                    for (let each = 0; each < value; each++) {
                        const key = item(depth + 1);
                        if (map.has(key)) {
                            throw new Unreadable("twice");
                        }
                        map.set(key, item(depth + 1));
                    }
                    return map;
                }
                case 6:
                    return { tag: value, value: item(depth + 1) };
                default:
                    if (value === 20 || value === 21) {
                        return value === 21;
                    }
                    throw new Unreadable("simple");
            }
        };
        const result = item(0);
        if (at !== bytes.length) {
            throw new Unreadable("more");
        }
        return result;
    }

    function texted(bytes) {
        const head = bytes.length < 24 ? [0x40 | bytes.length]
            : bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 255];
        return [...head, ...bytes];
    }

    /* What a code says of itself: {keyId, claims, covered, signature}; whether it is true is not known yet. */
    function read(digits) {
        const message = decode(bytesOf(digits));
        if (message.tag !== 18 || !Array.isArray(message.value) || message.value.length !== 4) {
            throw new Unreadable("message");
        }
        const [protectedHeader, unprotected, content, signature] = message.value;
        const header = decode(protectedHeader);
        const payload = decode(content);
        if (!(header instanceof Map) || header.size !== 2 || header.get(1) !== -7 || !(payload instanceof Map)
            || unprotected.size !== 0 || signature.length !== 64) {
            throw new Unreadable("message");
        }
        const claims = {};
        for (const [number, value] of payload) {
            if (NAMES[number]) {
                claims[NAMES[number]] = value;
            }
        }
        const name = Array.from("Signature1", (letter) => letter.charCodeAt(0));
        const covered = Uint8Array.from([0x84, 0x6a, ...name, ...texted(protectedHeader), 0x40, ...texted(content)]);
        return { keyId: header.get(4), claims, covered, signature };
    }

    const base64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

    /* The key of a list by which a message was signed; null where none of them did. */
    async function keyOf(message, keys) {
        for (const jwk of keys) {
            const name = base64url(jwk.kid);
            if (!message.keyId.every((byte, place) => byte === name[place])) {
                continue;
            }
            const { kty, crv, x, y } = jwk;
            const algorithm = { name: "ECDSA", namedCurve: "P-256" };
            const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, algorithm, false, ["verify"]);
            const fits = await crypto.subtle.verify(
                { name: "ECDSA", hash: "SHA-256" }, key, message.signature, message.covered
            );
            // A firm's key signs for that firm.
            return fits && (!message.claims.credit_code || message.claims.credit_code === jwk.sub) ? { jwk } : { bad: true };
        }
        return null;
    }

    window.rcepCode = { read, keyOf, Unreadable };
})();
