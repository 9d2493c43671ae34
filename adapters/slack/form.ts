/** Reads a signed form of Slack, in time in proportion to its length whatever it holds. Pure. */

/** Commands have a dozen fields, interactions one ("Slash commands", "Handling user interaction"). */
const mostFields = 100;
const plus = 0x2b;
const space = 0x20;

/** The fields by name, the last one of a name; null for what is no form of Slack's. */
export function readForm(body: Uint8Array): Map<string, string> | null {
	const fields = new Map<string, string>();
	const parts = withSpaces(body).split('&', mostFields + 1);
	if (parts.length > mostFields) return null;
	for (const part of parts.filter((one) => one !== '')) {
		const equals = part.indexOf('=');
		const name = decode(equals < 0 ? part : part.slice(0, equals));
		const value = decode(equals < 0 ? '' : part.slice(equals + 1));
		if (name === null || value === null) return null;
		fields.set(name, value);
	}
	return fields;
}

/** Blanks are written as plus signs. Byte by byte: to replace them in a text takes a hundred times as long when there is nothing else. */
function withSpaces(body: Uint8Array): string {
	const bytes = Buffer.from(body);
	for (let at = bytes.indexOf(plus); at >= 0 && at < bytes.length; at++) if (bytes[at] === plus) bytes[at] = space;
	return bytes.toString();
}

/** Null for what is not percent-encoded UTF-8. */
function decode(encoded: string): string | null {
	try {
		return decodeURIComponent(encoded);
	} catch {
		return null;
	}
}
