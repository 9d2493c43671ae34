/** Which documents somebody means by what they typed. Pure. */

import { foldText } from '../text/stems.ts';

/** What people call a document by: short, the same as long as it lies there, and it tells nothing of how many others there are. */
export function documentNumber(placementId: string): number {
	return Number.parseInt(placementId.slice(0, 6), 16);
}

/** By its number, with a sign before it or without; else by its name; else by a part of one. */
export function matchingDocuments<Document extends { placementId: string; name: string }>(
	documents: readonly Document[],
	typed: string,
): Document[] {
	const wanted = foldText(typed).trim();
	if (wanted === '') return [];
	const number = /^#?(\d{1,8})$/.exec(wanted)?.[1];
	const numbered = documents.filter(({ placementId }) => number !== undefined && documentNumber(placementId) === Number(number));
	if (numbered.length > 0) return numbered;
	const named = documents.filter(({ name }) => foldText(name).trim() === wanted);
	return named.length > 0 ? named : documents.filter(({ name }) => foldText(name).includes(wanted));
}
