import { expect, it } from 'vitest';
import { parseSync } from '#src/knowledge/sync/synced-source.ts';

it('is a folder or a bucket, for the company or a channel', () => {
	expect(parseSync('/srv/hand book => company')).toEqual({ name: '/srv/hand book', from: { folder: '/srv/hand book' }, channel: null });
	expect(parseSync('s3://docs/policies=>teams:T1:19:abc@thread.tacv2')).toEqual({
		name: 's3://docs/policies/',
		from: { bucket: { bucket: 'docs', prefix: 'policies/' } },
		channel: { platform: 'teams', tenantId: 'T1', channelId: '19:abc@thread.tacv2' },
	});
});

it.each([
	'/srv/handbook',
	' => company',
	'/srv/a => somewhere',
	'/srv/a => company => slack:T:C',
	'https://x.example => company',
	's3://A => company',
])('“%s” is none', (text) => expect(parseSync(text)).toBeNull());
