import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { createUploads } from '../../../adapters/slack/uploads.ts';
import { openSlackWorld } from './slack-world.ts';

const place: Place = { platform: 'slack', tenantId: 'T1', channelId: 'C1', threadId: '1.000100', kind: 'channel' };
const file = { name: 'a.csv', mediaType: 'text/csv', bytes: new TextEncoder().encode('a;b\n') };
const { signal } = new AbortController();

describe('a file on its way to Slack', () => {
	const closing: (() => void)[] = [];
	afterEach(() => {
		for (const close of closing.splice(0)) close();
	});

	/** A Slack whose address for bytes behaves like this. */
	async function open(listener: RequestListener, address?: string) {
		const server = createServer(listener);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		closing.push(() => {
			server.closeAllConnections();
			server.close();
		});
		const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const called: string[] = [];
		const call = async (method: string) => {
			called.push(method);
			return { ok: true, upload_url: address ?? `${origin}/upload/1`, file_id: 'F1' };
		};
		return { called, ...createUploads(call, `${origin}/api/`) };
	}

	it('is sent without a token, and shown where it belongs', async () => {
		const seen: (string | undefined)[] = [];
		const { called, sendFile } = await open((request, response) => {
			seen.push(request.method, request.headers.authorization, request.headers['content-length']);
			response.end('OK');
		});
		await sendFile(place, file, '', signal);
		expect(seen).toEqual(['POST', undefined, '4']);
		expect(called).toEqual(['files.getUploadURLExternal', 'files.completeUploadExternal']);
	});

	it('that is not taken is shown nowhere, and may be sent again', async () => {
		const { called, sendFile } = await open((_request, response) => void response.writeHead(500).end());
		await expect(sendFile(place, file, '', signal)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE', retryable: true });
		const { sendFile: sendToNobody } = await open((request) => void request.socket.destroy());
		await expect(sendToNobody(place, file, '', signal)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE', retryable: true });
		expect(called).toEqual(['files.getUploadURLExternal']);
	});

	it('goes to hosts of Slack alone', async () => {
		const { called, sendFile } = await open((_request, response) => void response.end(), 'https://evil.example/upload');
		await expect(sendFile(place, file, '', signal)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
		expect(called).toEqual(['files.getUploadURLExternal']);
	});

	it('is not waited for by whoever has gone', async () => {
		const leaving = new AbortController();
		const { sendFile } = await open(() => leaving.abort());
		await expect(sendFile(place, file, '', leaving.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
	});

	it('is refused without the scope, and in a channel without the bot', async () => {
		const { slack, platform, general, close } = await openSlackWorld();
		const where = { ...place, channelId: general, threadId: '' };
		slack.workspace.channel(general)?.members.splice(0);
		Object.assign(slack.workspace.channel(general) ?? {}, { botIsMember: false });
		await expect(platform.sendFile(where, file, '', signal)).rejects.toMatchObject({ reason: 'may-not-post' });
		slack.setScopes(['chat:write']);
		await expect(platform.sendFile(where, file, '', signal)).rejects.toMatchObject({ reason: 'missing_scope' });
		await close();
	});
});
