/** What a command tells somebody, or the bot says to one person of its own, as data: nothing here knows how a platform shows it. Types only. */

import type { Bars } from '../markdown/bars.ts';

/** In the order in which it is read. */
export type CommandResult = readonly ResultPart[];

/** A string is a sentence or a few lines in the reader's language; an empty one stands for a gap between two thoughts. */
export type ResultPart = string | Rows | Table | List;

/** Names and what belongs to each. */
export interface Rows {
	rows: readonly (readonly [name: string, value: string])[];
}

/** More about each of several things of one kind. */
export interface Table {
	/** What stands in each column, as it is said within a sentence. The first column names the row. */
	columns: readonly string[];
	/** Each row has as many cells as there are columns; an empty one says nothing. */
	table: readonly (readonly string[])[];
	/** One measure of the rows, beside them where the platform draws charts in what it shows to one person. */
	chart?: Bars;
}

export interface List {
	list: readonly string[];
	/** Where not all of it fits, long entries are shortened and then the first are left out; else what follows the last that fits. */
	keepsNewest?: boolean;
}
