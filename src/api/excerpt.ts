/** The part of a message where words were found, with a little around it. Pure. */

const charactersBefore = 60;
const mostCharacters = 200;

/** Found as people type them: without accents, in any case, by their beginnings. */
export function excerptOf(content: string, words: string): string {
	const text = content.replaceAll(/\s+/g, ' ').trim();
	const folded = fold(text);
	const places = fold(words)
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.map((word) => folded.indexOf(word))
		.filter((place) => place >= 0);
	const start = Math.max(0, Math.min(...places, text.length) - charactersBefore);
	const from = places.length === 0 ? 0 : start;
	const cut = text.slice(from, from + mostCharacters).toWellFormed();
	return `${from > 0 ? '…' : ''}${cut}${from + mostCharacters < text.length ? '…' : ''}`;
}

/** One unit for one, so that places stay where they are. */
function fold(text: string): string {
	return Array.from({ length: text.length }, (_, at) => {
		const unit = text.charAt(at);
		const [plain = unit] = unit.normalize('NFD').toLowerCase();
		return plain;
	}).join('');
}
