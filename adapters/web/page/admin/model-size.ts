/** Sizes of models, as people read them. Pure. */

export function gigabytes(bytes: number, language: string): string {
	return `${(bytes / 1e9).toLocaleString(language, { maximumFractionDigits: 1 })} GB`;
}
