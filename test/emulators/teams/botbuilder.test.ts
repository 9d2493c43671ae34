import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Response, type TurnContext } from 'botbuilder';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conversation, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, eventually } from '#test/emulators/teams/test-bot.ts';

let teams: TeamsEmulator;
let server: Server;
let turns: string[];
let onTurn: (context: TurnContext) => Promise<void>;
let ana: User;
let chat: Conversation;
const { error: report } = console;

beforeEach(async () => {
	// The SDK writes every refusal to the console.
	console.error = () => undefined;
	teams = await startTeamsEmulator();
	turns = [];
	onTurn = async () => {};
	const adapter = createAdapter();
	server = createServer((request, response) => {
		void handle(adapter, request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	teams.setMessagingEndpoint(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
	chat = teams.tenant.openPersonalChat(ana.id);
});

afterEach(async () => {
	console.error = report;
	await teams.close();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

/** The SDK with all of its checks on. Setting one of the addresses leaves the others undefined, so all seven are set. */
function createAdapter(): CloudAdapter {
	const settings = {
		MicrosoftAppId: teams.appId,
		MicrosoftAppType: 'SingleTenant',
		MicrosoftAppTenantId: teams.tenantId,
		ToChannelFromBotLoginUrl: `${teams.loginUrl}/${teams.tenantId}`,
		ToChannelFromBotOAuthScope: 'https://api.botframework.com',
		ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
		OAuthUrl: teams.url,
		ToBotFromChannelOpenIdMetadataUrl: teams.openIdMetadataUrl,
		ToBotFromEmulatorOpenIdMetadataUrl: teams.openIdMetadataUrl,
		CallerId: '',
	};
	const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, createCredentials()));
	adapter.onTurnError = async () => {};
	return adapter;
}

/** The SDK's own credentials refuse a login address that is not https. */
function createCredentials(): ServiceClientCredentialsFactory {
	const bot = createTestBot(teams);
	const credentials = {
		appId: teams.appId,
		getToken: () => bot.token(),
		async signRequest(request: { headers: { set(name: string, value: string): void } }) {
			request.headers.set('authorization', `Bearer ${await bot.token()}`);
			return request;
		},
	};
	const factory = {
		isValidAppId: async (appId: string) => appId === teams.appId,
		isAuthenticationDisabled: async () => false,
		createCredentials: async () => credentials,
	};
	return factory as unknown as ServiceClientCredentialsFactory;
}

async function handle(adapter: CloudAdapter, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
	const parts: Buffer[] = [];
	for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
	const request = {
		method: 'POST',
		headers: incoming.headers,
		body: JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>,
	};
	const response: Response = {
		socket: outgoing.socket,
		status: (code: number) => Object.assign(outgoing, { statusCode: code }),
		header: (name: string, value: unknown) => outgoing.setHeader(name, String(value)),
		send: (body: unknown) => outgoing.write(typeof body === 'string' ? body : JSON.stringify(body)),
		end: () => outgoing.end(),
	};
	await adapter.process(request, response, async (context) => {
		turns.push(context.activity.text ?? '');
		await onTurn(context);
	});
}

test('a message gets through all checks of the SDK, and its answer gets back', async () => {
	onTurn = async (context) => void (await context.sendActivity(`You said: ${context.activity.text}`));
	await teams.say({ user: ana.id, conversation: chat.id, text: 'Hello' });
	await eventually(() => expect(teams.messages(chat.id).map(({ text }) => text)).toEqual(['Hello', 'You said: Hello']));
	await eventually(() => expect(teams.deliveries.map(({ status }) => status)).toEqual([200]));
});

describe('forged requests are refused', () => {
	test.each([
		['expired', 401],
		['wrong-audience', 401],
		['wrong-issuer', 401],
		['wrong-service-url', 401],
		['unknown-key', 401],
		['missing-endorsement', 401],
		['none', 401],
		// The SDK takes a bad signature for a mistake of its own.
		['forged-signature', 500],
	] as const)('%s', async (token, status) => {
		const activity = teams.compose({ user: ana.id, conversation: chat.id, text: 'Hello' });
		expect((await teams.deliver(activity, { token })).status).toBe(status);
		expect(turns).toEqual([]);
		expect((await teams.deliver(activity)).status).toBe(200);
		expect(turns).toEqual(['Hello']);
	});
});

describe('the signing keys', () => {
	async function verify(token?: Parameters<TeamsEmulator['deliver']>[1]): Promise<string> {
		let header = '';
		const recorder = createServer((request, response) => {
			header = request.headers.authorization ?? '';
			response.end();
		});
		await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
		teams.setMessagingEndpoint(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}/`);
		await teams.deliver({}, token);
		recorder.closeAllConnections();
		await new Promise((resolve) => recorder.close(resolve));
		const { jwks_uri } = (await (await fetch(teams.openIdMetadataUrl)).json()) as { jwks_uri: string };
		const options = { issuer: 'https://api.botframework.com', audience: teams.appId, algorithms: ['RS256'], clockTolerance: 300 };
		const bare = header.replace('Bearer ', '');
		return jwtVerify(bare, createRemoteJWKSet(new URL(jwks_uri)), options).then(
			({ payload }) => String(payload['serviceurl']),
			(error: { code: string }) => error.code,
		);
	}

	test('verify what was signed with them, before and after they change', async () => {
		expect(await verify()).toBe(teams.serviceUrl);
		await teams.rotateKeys();
		expect(await verify()).toBe(teams.serviceUrl);
		await teams.rotateKeys({ forgetOld: true });
		expect(await verify()).toBe(teams.serviceUrl);
	});

	test('refuse a forged signature, and what has another issuer', async () => {
		expect(await verify({ token: 'forged-signature' })).toBe('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
		expect(await verify({ token: 'unknown-key' })).toBe('ERR_JWKS_NO_MATCHING_KEY');
		expect(await verify({ token: 'emulator-issuer' })).toBe('ERR_JWT_CLAIM_VALIDATION_FAILED');
	});
});

test('the SDK lets a token of an Entra issuer through when it names the bot as its app', async () => {
	const activity = teams.compose({ user: ana.id, conversation: chat.id, text: 'Hello' });
	const { status } = await teams.deliver(activity, { token: 'emulator-issuer' });
	expect({ status, turns }).toEqual({ status: 200, turns: ['Hello'] });
});

test('the SDK loses the properties of outgoing entities, so its streams and marks do not arrive (botbuilder-js issue 4902)', async () => {
	const label = { type: 'https://schema.org/Message', '@type': 'Message', additionalType: ['AIGeneratedContent'] };
	let refusal = '';
	onTurn = async (context) => {
		const info = { type: 'streaminfo', streamType: 'streaming', streamSequence: 1 };
		refusal = await context.sendActivity({ type: 'typing', text: 'One', entities: [info] }).then(
			() => 'none',
			(error: Error) => error.message,
		);
		await context.sendActivity({ type: 'message', text: 'Answer', entities: [label], channelData: { feedbackLoop: { type: 'default' } } });
	};
	await teams.say({ user: ana.id, conversation: chat.id, text: 'Hello' });
	await eventually(() => expect(teams.callsTo('stream')).toHaveLength(1));
	await eventually(() => expect(teams.callsTo('post')).toHaveLength(1));
	expect(teams.callsTo('stream')[0]).toMatchObject({ status: 400, body: { entities: [{ type: 'streaminfo' }] } });
	expect(teams.callsTo('stream')[0]?.body).not.toHaveProperty('entities.0.streamType');
	await eventually(() => expect(refusal).toContain('Only start streaming and continue streaming types are allowed'));
	expect(teams.callsTo('post')[0]?.body).toMatchObject({
		entities: [{ type: label.type }],
		channelData: { feedbackLoop: { type: 'default' } },
	});
	expect(teams.callsTo('post')[0]?.body).not.toHaveProperty('entities.0.additionalType');
});
