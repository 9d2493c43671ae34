/** A conversation's title: the first sentence of its first question, short. Pure, and free: no model is asked for it. */

const maxCharacters = 60;

export function titleOf(question: string): string {
	const line = question.trim().split(/\n/, 1)[0] ?? '';
	const sentence = (/^.*?[.?!…](?=\s|$)/u.exec(line)?.[0] ?? line).replace(/\s+/g, ' ').trim();
	if (sentence.length <= maxCharacters) return sentence;
	const cut = sentence.slice(0, maxCharacters);
	const lastSpace = cut.lastIndexOf(' ');
	return `${(lastSpace > maxCharacters / 2 ? cut.slice(0, lastSpace) : cut).toWellFormed()}…`;
}
