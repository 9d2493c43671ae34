import { expect, it } from 'vitest';
import { readSettings } from '#src/settings/settings.ts';

const token = 'a-token-of-sixteen-characters';

it('are told nowhere unless that is asked for', () => {
	expect(readSettings({}).alerts).toBeNull();
});

it('are told in a channel, whose parts may be percent-encoded', () => {
	const channel = 'teams:11111111-aaaa:19%3Aops%40thread.tacv2';
	expect(readSettings({ OPENCCB_ALERTS_CHANNEL: channel, OPENCCB_ALERTS_TOKEN: token }).alerts).toEqual({
		place: { platform: 'teams', tenantId: '11111111-aaaa', channelId: '19:ops@thread.tacv2', threadId: '', kind: 'channel' },
		token,
		silenceMs: 900_000,
	});
});

it.each([
	[{ OPENCCB_ALERTS_CHANNEL: 'slack:T1:C1' }, /OPENCCB_ALERTS_CHANNEL needs OPENCCB_ALERTS_TOKEN/],
	[{ OPENCCB_ALERTS_TOKEN: token }, /OPENCCB_ALERTS_TOKEN needs OPENCCB_ALERTS_CHANNEL/],
	[{ OPENCCB_ALERTS_CHANNEL: '#ops', OPENCCB_ALERTS_TOKEN: token }, /OPENCCB_ALERTS_CHANNEL must be a channel/],
	[{ OPENCCB_ALERTS_CHANNEL: 'slack:T1:C1:1.0', OPENCCB_ALERTS_TOKEN: token }, /OPENCCB_ALERTS_CHANNEL must be a channel/],
	[{ OPENCCB_ALERTS_CHANNEL: 'slack:T1:C1', OPENCCB_ALERTS_TOKEN: 'short' }, /OPENCCB_ALERTS_TOKEN must have 16/],
])('%j is not enough', (environment, problem) => {
	expect(() => readSettings(environment)).toThrow(problem);
});
