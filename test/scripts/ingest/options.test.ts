import { expect, it } from 'vitest';
import { readIngestOrder } from '../../../scripts/ingest/options.ts';

it('takes a folder or a bucket for the company or a channel, or shows files', () => {
	expect(readIngestOrder(['/srv/docs', '--company'])).toEqual({
		source: { name: '/srv/docs', from: { folder: '/srv/docs' }, channel: null },
		isDry: false,
	});
	expect(readIngestOrder(['s3://docs/a', '--channel', 'slack:T1:C1', '--dry-run'])).toMatchObject({
		source: { name: 's3://docs/a/', channel: { platform: 'slack', tenantId: 'T1', channelId: 'C1' } },
		isDry: true,
	});
	expect(readIngestOrder(['--dry-run', 'a.pdf', 'b.pdf'])).toEqual({ files: ['a.pdf', 'b.pdf'], nationalIds: false });
});

it.each([
	['a folder for nobody', '/srv/docs'],
	['nothing', '--company'],
	['two folders', '/srv/a', '/srv/b', '--company'],
	['two targets', '/srv/a', '--company', '--channel', 'slack:T1:C1'],
	['a channel that is none', '/srv/a', '--channel', 'general'],
	['what it cannot do', '/srv/a', '--company', '--national-ids'],
	['an option that there is not', '/srv/a', '--everybody'],
	['no bucket', 's3://A', '--company'],
])('does not take %s', (_what, ...typed) => expect(readIngestOrder(typed)).toBeNull());
