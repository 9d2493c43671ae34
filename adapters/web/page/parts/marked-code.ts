/** What highlight.js writes, read as pieces of text with their kinds. Of HTML it writes spans with a class and five entities; anything else stays text. Pure. */

export interface MarkedPiece {
	text: string;
	/** Classes of the innermost span; empty for none. */
	kind: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

export function readMarked(html: string): MarkedPiece[] {
	const pieces: MarkedPiece[] = [];
	const kinds: string[] = [];
	for (const [token, opened] of html.matchAll(/<span class="([^"<>]*)">|<\/span>|[^<]+|</g)) {
		if (opened !== undefined) kinds.push(opened);
		else if (token === '</span>') kinds.pop();
		else pieces.push({ text: token.replaceAll(/&([a-z]+|#x27);/g, (whole, name) => entities[name] ?? whole), kind: kinds.at(-1) ?? '' });
	}
	return pieces;
}
