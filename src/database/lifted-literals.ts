/** Takes the values out of a statement's text: the ORM writes them into it, and what stands there, other sessions and the server's log can read. */

export interface Lifted {
	/** With `$1`, `$2` … where a text stood, after those that were there. */
	sql: string;
	parameters: string[];
}

/** Names in double quotes stay; texts are in single quotes, with an E before them where backslashes are doubled. */
const quoted = /"(?:[^"]|"")*"|(?:\bE)?'(?:[^']|'')*'/g;

/** A text in a statement and a parameter are the same to the server: of no type yet, until it is seen what they are for. Pure. */
export function liftLiterals(statement: string, given = 0): Lifted {
	const parameters: string[] = [];
	const sql = statement.replaceAll(quoted, (found) => {
		if (found.startsWith('"')) return found;
		parameters.push(textOf(found));
		return `$${given + parameters.length}`;
	});
	return { sql, parameters };
}

function textOf(literal: string): string {
	const text = literal.slice(literal.indexOf("'") + 1, -1).replaceAll("''", "'");
	return literal.startsWith('E') ? text.replaceAll('\\\\', '\\') : text;
}
