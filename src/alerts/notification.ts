/** What Alertmanager sends to a webhook (version 4 of its payload), as far as it is used. */

import { z } from 'zod';

const alert = z.object({
	status: z.enum(['firing', 'resolved']),
	labels: z.record(z.string(), z.string()),
	annotations: z.record(z.string(), z.string()).default({}),
	/** ISO 8601; together with the fingerprint it names one occurrence. */
	startsAt: z.string(),
	fingerprint: z.string().min(1),
});

export const notificationSchema = z.object({
	version: z.literal('4'),
	alerts: z.array(alert).max(1_000),
	/** How many more there were than Alertmanager sends at once. */
	truncatedAlerts: z.number().int().nonnegative().default(0),
});

export type Notification = z.infer<typeof notificationSchema>;
export type Alert = z.infer<typeof alert>;

/** The one that is always there: a sign of life of whoever watches. */
export function isSignOfLife({ labels }: Alert): boolean {
	return labels['alertname'] === 'Watchdog';
}

/** One occurrence of one alert. */
export function occurrenceOf({ fingerprint, startsAt }: Alert): string {
	return `${fingerprint}:${startsAt}`;
}
