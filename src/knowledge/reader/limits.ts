/** How much a file may cost. */

export interface ReadingLimits {
	/** Of the file itself. */
	mostFileBytes: number;
	/** For a small file, and for each megabyte more, up to the most. */
	firstMs: number;
	perMegabyteMs: number;
	mostMs: number;
	/** Resident memory of the process that parses. */
	mostMemoryBytes: number;
	/** Of what it gives back. */
	mostOutputBytes: number;
}

export const standardLimits: ReadingLimits = {
	// Two of 619 and 1,200 pages had less than 20 MB; what is larger is pictures.
	mostFileBytes: 50 * 2 ** 20,
	// Of 2,500 public files, all that could be read were read in 19 s.
	firstMs: 30_000,
	perMegabyteMs: 1_000,
	mostMs: 180_000,
	// The same files took at most 689 MB, 95 % of them less than 130.
	mostMemoryBytes: 700 * 2 ** 20,
	// 20 M characters, as JSON, with their places.
	mostOutputBytes: 80 * 2 ** 20,
};

export function wallLimitMs(fileBytes: number, { firstMs, perMegabyteMs, mostMs }: ReadingLimits): number {
	return Math.min(firstMs + (fileBytes / 2 ** 20) * perMegabyteMs, mostMs);
}
