/** The settings of alerts: where they are told, and by what token whoever sends them is known. */

import { z } from 'zod';
import { type Place, parseConversationKey } from '../platform/place.ts';
import { integer } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const channel = z.string().refine((text) => placeOf(text) !== null, 'must be a channel such as slack:T0123ABCD:C0123ABCD');

export const alertsSettings = defineSettings({
	variables: {
		OPENCCB_ALERTS_CHANNEL: channel
			.optional()
			.describe(
				'Channel in which alerts of the monitoring are told, as platform:tenant:channel such as slack:T0123ABCD:C0123ABCD; switches POST /alerts on',
			),
		OPENCCB_ALERTS_TOKEN: z
			.string()
			.min(16, 'must have 16 characters or more')
			.optional()
			.describe('Token that Alertmanager sends with alerts, to the port for operations'),
		OPENCCB_ALERTS_SILENCE_MINUTES: integer(0, 1_440, 15).describe(
			'After how many minutes without a sign of life of the monitoring that is told in the channel; 0 for never',
		),
	},
	secrets: ['OPENCCB_ALERTS_TOKEN'],
	/** Null where none are told. */
	group({ OPENCCB_ALERTS_CHANNEL: text, OPENCCB_ALERTS_TOKEN: token, OPENCCB_ALERTS_SILENCE_MINUTES: minutes }) {
		const place = text === undefined ? null : placeOf(text);
		if (place === null || token === undefined) return null;
		return { place, token, silenceMs: minutes === 0 ? null : minutes * 60_000 };
	},
	contradictions({ OPENCCB_ALERTS_CHANNEL: text, OPENCCB_ALERTS_TOKEN: token }) {
		if ((text === undefined) === (token === undefined)) return [];
		return [
			text === undefined
				? 'OPENCCB_ALERTS_TOKEN needs OPENCCB_ALERTS_CHANNEL beside it'
				: 'OPENCCB_ALERTS_CHANNEL needs OPENCCB_ALERTS_TOKEN beside it',
		];
	},
});

/** Parts with a colon of their own, as in Teams, are percent-encoded. */
function placeOf(text: string): Place | null {
	try {
		const { platform, tenantId, channelId, threadId } = parseConversationKey(`${text}:`);
		if (tenantId === '' || channelId === '' || threadId !== '') return null;
		return { platform, tenantId, channelId, threadId, kind: 'channel' };
	} catch {
		return null;
	}
}
