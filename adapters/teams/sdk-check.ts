/** The SDK's own check of a request, behind ours: botbuilder's adapter decides, and says nothing to anybody. */

import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { systemClock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import { inTime } from '#src/waiting.ts';
import type { Json } from './json.ts';
import type { TeamsSettings } from './settings.ts';

/**
 * False when the SDK refuses the request.
 * @throws BotError `PLATFORM_UNAVAILABLE` when it could not decide, as when its own request for the keys failed or took too long.
 */
export type SdkCheck = (authorization: string | undefined, activity: Json) => Promise<boolean>;

/** The SDK's request for the keys has no time limit of its own. */
const timeLimitMs = 10_000;
const forbidden = 401;

/** Only these fields reach the SDK: whatever else a body holds, and in whatever form, is read by us alone. */
const fieldsToCheck = ['type', 'id', 'channelId', 'serviceUrl'];

export function createSdkCheck(settings: TeamsSettings): SdkCheck {
	const adapter = new CloudAdapter(
		new ConfigurationBotFrameworkAuthentication(settings.anonymous ? {} : identityOf(settings), createFactory(settings)),
	);
	return async (authorization, activity) => {
		let isAccepted = false;
		let status = 0;
		/** The adapter writes its errors into the answer; nothing of it leaves this function. */
		const response = {
			status: (code: number) => {
				status = code;
			},
			header: () => {},
			send: () => {},
			end: () => {},
			socket: undefined,
		};
		const body = Object.fromEntries(fieldsToCheck.map((field) => [field, activity[field]]));
		const headers = authorization === undefined ? {} : { authorization };
		const work = adapter.process({ method: 'POST', headers, body }, response, async () => {
			isAccepted = true;
		});
		await withinTimeLimit(work);
		if (!isAccepted && status !== forbidden) throw undecided();
		return isAccepted;
	};
}

/**
 * All seven addresses are set: one alone would leave the other six undefined. Tokens for the Bot Framework Emulator are looked up among
 * the connector's keys, which signed none of them, so that this way in is closed.
 */
function identityOf({ appId, appType, tenantId, openIdUrl, loginUrl }: TeamsSettings): Record<string, string> {
	return {
		MicrosoftAppId: appId,
		MicrosoftAppType: appType,
		MicrosoftAppTenantId: tenantId,
		ToChannelFromBotLoginUrl: `${loginUrl.replace(/\/+$/, '')}/${tenantId}`,
		ToChannelFromBotOAuthScope: 'https://api.botframework.com',
		ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
		OAuthUrl: 'https://api.botframework.com',
		ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
		ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
		CallerId: 'urn:botframework:azure',
	};
}

/** The SDK sends nothing for us, so what it gets cannot sign anything. */
function createFactory({ appId, anonymous }: TeamsSettings): ServiceClientCredentialsFactory {
	const signsNothing = {
		signRequest: () => Promise.reject(new TypeError('the SDK sends nothing')),
		getToken: () => Promise.reject(new TypeError('the SDK sends nothing')),
		appId,
	};
	return {
		isValidAppId: async (candidate) => !anonymous && candidate === appId,
		isAuthenticationDisabled: async () => anonymous,
		createCredentials: async () => signsNothing,
	};
}

async function withinTimeLimit(work: Promise<void>): Promise<void> {
	try {
		await inTime(systemClock, work, timeLimitMs, undecided);
	} catch (thrown) {
		throw thrown instanceof BotError ? thrown : undecided(thrown);
	}
}

function undecided(cause?: unknown): BotError {
	const details = { retryable: true, ...(cause === undefined ? {} : { cause }) };
	return new BotError('PLATFORM_UNAVAILABLE', 'the SDK could not check a request of Teams', details);
}
