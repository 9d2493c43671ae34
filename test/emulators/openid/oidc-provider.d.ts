/** As much of the library as is used here: it comes without types. */

declare module 'oidc-provider' {
	import type { IncomingMessage, ServerResponse } from 'node:http';

	interface Account {
		accountId: string;
		claims(): Record<string, unknown>;
	}

	interface Grant {
		addOIDCScope(scope: string): void;
		save(): Promise<string>;
	}

	export default class Provider {
		constructor(
			issuer: string,
			configuration: {
				clients: readonly Record<string, unknown>[];
				claims: Record<string, readonly string[]>;
				cookies: { keys: readonly string[] };
				features: Record<string, { enabled: boolean }>;
				interactions: { url(context: unknown, interaction: { uid: string }): string };
				pkce: { required(): boolean };
				findAccount(context: unknown, sub: string): Account | undefined;
			},
		);
		Grant: new (of: {
			accountId: string;
			clientId: string;
		}) => Grant;
		callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
		interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ prompt: { name: string } }>;
		interactionFinished(
			request: IncomingMessage,
			response: ServerResponse,
			result: Record<string, unknown>,
			options: { mergeWithLastSubmission: boolean },
		): Promise<void>;
	}
}
