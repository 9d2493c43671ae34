/** What others say, as far as it may stand in a log: libraries and platforms quote what they were given. Pure. */

/** Words of platforms for what went wrong: the longest that Slack, Teams and Discord document have about 60 characters. */
const mostWordCharacters = 80;
/** A sentence that says what happened is short; whatever goes on was put into it. */
const mostSentenceCharacters = 160;

/** A platform's own word for an error, if it is one; else what it was meant for may be an answer of something in between, or a text. */
export function foreignWord(word: unknown, otherwise = 'unknown'): string {
	return typeof word === 'string' && word.length <= mostWordCharacters && /^[\w.-]+$/.test(word) ? word : otherwise;
}

/** A library's error in one sentence: without what it quotes, and without what it was given to parse. */
export function foreignMessage(error: unknown): string {
	if (typeof error === 'string' || typeof error === 'symbol') return 'a text was thrown, and no error';
	if (!(error instanceof Error))
		return typeof error === 'object' && error !== null ? 'something was thrown that is no error' : String(error);
	// These speak of a text that is no JSON, no pattern or no number, and show a piece of it.
	if (error instanceof SyntaxError) return 'a text could not be parsed';
	return foreignSentence(error.message);
}

/** The beginning of what a library says, up to what may have been put into it: quotations, JSON, other lines. Addresses go, too. */
export function foreignSentence(sentence: string): string {
	const [line = ''] = sentence.slice(0, mostSentenceCharacters * 2).split(/[\r\n]/, 1);
	const plain = line
		.replace(/(["'`“‘«]).*$/, '…')
		.replace(/[{[<].*$/, '…')
		.replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)\S*/gi, '$1…')
		.replace(/(?<=parse URL from ).*$/, '…');
	return plain.length <= mostSentenceCharacters ? plain : `${plain.slice(0, mostSentenceCharacters).toWellFormed()}…`;
}

/** Where an error came from, without its message, which the engine repeats there. */
export function framesOf({ stack = '', message }: Error): string {
	const frames = stack
		.replace(message, '')
		.split('\n')
		.filter((line) => /^ {4}at [^"'`{]*$/.test(line));
	return frames.join('\n');
}
