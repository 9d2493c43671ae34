/** Queries that many panels have. */

/** Half of them, and all but one in twenty, of a histogram of the program. */
export function halfAndMost(name: string, by: string | null = null): [string, string][] {
	const labels = by === null ? 'le' : `le, ${by}`;
	const legend = by === null ? '' : `{{${by}}} `;
	return [0.5, 0.95].map((share) => [
		`histogram_quantile(${share}, sum by (${labels}) (rate(openccb_${name}_seconds_bucket[$__rate_interval])))`,
		`${legend}${share * 100} %`,
	]);
}

/** So many a minute, of a counter of the program. */
export function perMinute(name: string, by: string): [string, string] {
	return [
		`sum by (${by}) (rate(openccb_${name}[$__rate_interval])) * 60`,
		by
			.split(', ')
			.map((label) => `{{${label}}}`)
			.join(' '),
	];
}
