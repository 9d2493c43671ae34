/** Follows the sentences of a text that streams in: what a mark of a source stands behind. */

/** What a mark is put to. */
export interface Claim {
	/** The words since the sentence began, or since its last marks; where there are none, those before. */
	text: string;
	/** Other marks were put to the same words before. */
	isJudged: boolean;
	/** Nothing but marks stands on the line so far. */
	isOtherLine: boolean;
}

export interface ClaimReader {
	/** Takes the next character, marks of sources left out. */
	take(character: string): void;
	/** For marks that stand here; what follows is another claim. */
	judge(): Claim;
	/** Whether the sentence is told to be without support now for the first time. */
	tell(): boolean;
}

const saying = /[\p{L}\p{N}]/u;
const sentenceMark = /[.!?…]/;
const closingMark = /["'”’»)\]*_]/;
/** A full stop behind these ends no sentence. */
const abbreviation =
	/^[^\p{L}\p{N}]*(?:\p{L}|sra?s?|sres|dra?s?|uds?|vds?|mrs?|ms|st|no|nos|num|núm|nº|art|arts|cap|pág|págs|pag|p\.?ej|e\.g|i\.e|etc|vs|aprox|approx|máx|mín|max|min|tel|fig|inc|ltd|dept|ee|uu|cf)\.$/iu;
const listMarker = /^\s*\d{1,3}\.$/;

export function createClaimReader(): ClaimReader {
	let claim = '';
	/** The last claim that has ended. */
	let before = { text: '', isJudged: false };
	let word = '';
	let mayHaveEnded = false;
	let hasWordsOnLine = false;
	let isTold = false;

	function end(isJudged: boolean): void {
		if (saying.test(claim)) {
			before = { text: claim, isJudged };
			hasWordsOnLine = true;
		}
		claim = '';
	}

	function endSentence(): void {
		end(false);
		isTold = false;
	}

	return {
		take(character) {
			if (character === '\n') {
				endSentence();
				hasWordsOnLine = false;
				[word, mayHaveEnded] = ['', false];
				return;
			}
			if (/\s/.test(character)) {
				if (mayHaveEnded && !abbreviation.test(word) && !listMarker.test(claim)) endSentence();
				[word, mayHaveEnded] = ['', false];
			} else {
				word += character;
				mayHaveEnded = sentenceMark.test(character) || (mayHaveEnded && closingMark.test(character));
			}
			claim += character;
		},
		judge() {
			const isEmpty = !saying.test(claim);
			const isOtherLine = isEmpty && !hasWordsOnLine;
			const judged = isEmpty ? before : { text: claim, isJudged: false };
			if (isEmpty) before = { ...before, isJudged: true };
			else end(true);
			return { ...judged, isOtherLine };
		},
		tell() {
			const isFirst = !isTold;
			isTold = true;
			return isFirst;
		},
	};
}
