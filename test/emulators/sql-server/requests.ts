/** What a client asks: a batch, or a call of sp_executesql ("[MS-TDS]", 2.2.6.7 and 2.2.6.6). */

export interface StatementRequest {
	sql: string;
	/** By name, with the sign before it. */
	parameters: Record<string, string>;
}

const executeSql = 10;
const unicodeType = 0xe7;
const unlimited = 0xffff;

/** Headers for all requests stand before the text; the first four bytes say how long they are. */
export function readBatch(body: Buffer): StatementRequest {
	return { sql: body.toString('utf16le', body.readUInt32LE(0)), parameters: {} };
}

/** The statement, what its parameters are, then their values, all of them Unicode texts. */
export function readCall(body: Buffer): StatementRequest {
	let at = body.readUInt32LE(0);
	if (body.readUInt16LE(at) !== unlimited || body.readUInt16LE(at + 2) !== executeSql) throw new Error('only sp_executesql is known');
	at += 6; // and the options of the call
	const values: { name: string; text: string }[] = [];
	while (at < body.length) {
		const characters = body[at] ?? 0;
		const name = body.toString('utf16le', at + 1, at + 1 + characters * 2);
		at += 2 + characters * 2; // and the parameter's status
		const { text, end } = readUnicode(body, at);
		values.push({ name, text });
		at = end;
	}
	const [statement, , ...given] = values;
	return { sql: statement?.text ?? '', parameters: Object.fromEntries(given.map(({ name, text }) => [name, text])) };
}

function readUnicode(body: Buffer, at: number): { text: string; end: number } {
	if (body[at] !== unicodeType) throw new Error('only texts are known as parameters');
	const begin = at + 8; // type, longest length, collation
	if (body.readUInt16LE(at + 1) !== unlimited) {
		const end = begin + 2 + body.readUInt16LE(begin);
		return { text: body.toString('utf16le', begin + 2, end), end };
	}
	let [text, next] = ['', begin + 8];
	for (let length = body.readUInt32LE(next); length > 0; length = body.readUInt32LE(next)) {
		text += body.toString('utf16le', next + 4, next + 4 + length);
		next += 4 + length;
	}
	return { text, end: next + 4 };
}

/** Statements of a batch, apart at semicolons that do not stand within quotes or brackets. */
export function statementsIn(sql: string): string[] {
	const parts = sql.match(/(?:'(?:[^']|'')*'|"[^"]*"|\[[^\]]*\]|[^;'"[])+/g) ?? [];
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
