/** Bytes of a text file as text, whatever it was saved as. Pure. */

/** The beginning tells enough; a file is long. */
const lookedAtBytes = 4_096;
/** UTF-16 of Latin text has a NUL in every other byte; everything else has none at all. */
const nulShare = 0.3;

/** @returns null where the bytes are no text. */
export function decodeFileText(bytes: Uint8Array): string | null {
	const encoding = encodingOf(bytes);
	if (encoding !== null) return new TextDecoder(encoding).decode(bytes);
	const text = decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
	return isText(text) ? text : null;
}

function encodingOf(bytes: Uint8Array): string | null {
	const [first, second, third] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	const beginning = bytes.subarray(0, lookedAtBytes);
	const nuls = [0, 0];
	for (const [at, byte] of beginning.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
	const [atEven = 0, atOdd = 0] = nuls;
	const many = (beginning.length / 2) * nulShare;
	if (atOdd > many && atEven === 0) return 'utf-16le';
	if (atEven > many && atOdd === 0) return 'utf-16be';
	return null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return null; // an older encoding, or no text
	}
}

/** Control characters besides breaks, tabs and escapes: a damaged text may have a few, of a picture's bytes they are a tenth. */
function isText(text: string): boolean {
	const beginning = text.slice(0, lookedAtBytes).replaceAll('\u001b', '');
	const controls = beginning.match(/(?!\s)\p{Cc}/gu)?.length ?? 0;
	return controls <= 2 + beginning.length / 50;
}
