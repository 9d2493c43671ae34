/** Who reads along in a place: of whom its words are seen, now or later. */

export interface PlaceAudience {
	/** Whoever belongs to the company may come in and read what was said, without being let in by anybody. */
	isOpen: boolean;
	/** Somebody who does not belong to the company reads along or may: a guest, a partner in a shared place. True where nobody can say. */
	hasOutsiders: boolean;
	/** The accounts of the people who may read it; null where the platform does not list them, or not all. */
	accountIds: ReadonlySet<string> | null;
}

/** Of a place of which nobody can say: then nothing is said there that is not of that place itself. */
export const unknownAudience: PlaceAudience = { isOpen: false, hasOutsiders: true, accountIds: null };

/**
 * Whether everybody who may read in `here` may read in `there`, two places of one tenant. Whoever may come into an open place later counts
 * as its reader.
 */
export function mayAllRead(here: PlaceAudience, there: PlaceAudience): boolean {
	if (there.isOpen && !here.hasOutsiders) return true;
	if (here.isOpen || here.accountIds === null || there.accountIds === null) return false;
	// A place without readers is one of which nothing was told.
	return here.accountIds.size > 0 && here.accountIds.isSubsetOf(there.accountIds);
}
