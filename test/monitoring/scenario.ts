/** What Prometheus sees, minute by minute, and which alerts come of it: promtool's tests as data. */

export interface Scenario {
	name: string;
	/** By series: a value for each minute, or one for all the time. */
	series: Readonly<Record<string, readonly number[] | number>>;
	/** Minutes after the beginning. */
	at: number;
	/** Names of alerts that are told then, and no others. */
	firing: readonly string[];
}

/** From so many minutes on a scenario is looked at seldom, and has constant values alone: minute by minute, days take promtool minutes. */
const longMinutes = 24 * 60;
/** Samples that are five minutes old count for nothing. */
const seldomMinutes = 4;

export function isLong({ at }: Scenario): boolean {
	return at >= longMinutes;
}

/** What is there on a day without trouble. */
const ordinary: Scenario['series'] = {
	'up{job="openccb",instance="app"}': 1,
	// In a hundred days: never old.
	openccb_backup_last_success_timestamp_seconds: 8_640_000,
	openccb_backup_last_verified_timestamp_seconds: 8_640_000,
};

/** A counter: so many more each minute. */
export function rising(perMinute: number, minutes: number): number[] {
	return Array.from({ length: minutes + 1 }, (_, minute) => perMinute * minute);
}

/** A counter that rises by one in these minutes. */
export function risingAt(at: readonly number[], minutes: number): number[] {
	return Array.from({ length: minutes + 1 }, (_, minute) => at.filter((each) => each <= minute).length);
}

/** First so for as many minutes, then otherwise to the end. */
export function changing(first: number, forMinutes: number, then: number, minutes: number): number[] {
	return Array.from({ length: minutes + 1 }, (_, minute) => (minute < forMinutes ? first : then));
}

/** One test of promtool, as it reads them from YAML, of which JSON is a part. */
export function testOf(scenario: Scenario): object {
	const { name, series, at, firing } = scenario;
	const everyMinutes = isLong(scenario) ? seldomMinutes : 1;
	const samples = Math.ceil(at / everyMinutes) + 1;
	const valuesOf = (values: readonly number[] | number) => (typeof values === 'number' ? `${values}x${samples}` : values.join(' '));
	return {
		name,
		interval: `${everyMinutes}m`,
		input_series: Object.entries({ ...ordinary, ...series }).map(([one, values]) => ({ series: one, values: valuesOf(values) })),
		promql_expr_test: [
			{
				expr: 'count by (alertname) (ALERTS{alertstate="firing",alertname!="Watchdog"}) > bool 0',
				eval_time: `${at}m`,
				exp_samples: firing.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
			},
		],
	};
}
