/** What all parts of the emulator share: who the bot is, the tenant, the messages and the ways to tell about changes. */

import type { Deliveries } from './deliveries.ts';
import type { Downloads } from './downloads.ts';
import type { Limiter } from './limits.ts';
import type { MessageStore } from './messages.ts';
import type { Tenant } from './tenant.ts';
import type { Uploads } from './uploads.ts';

export interface Identity {
	/** Origin of the emulator, without a slash at the end. */
	readonly url: string;
	readonly appId: string;
	readonly appPassword: string;
	readonly tenantId: string;
	/** `28:<app id>` */
	readonly botId: string;
	readonly botName: string;
	/** The connector; ends in a slash, as Teams' own does. */
	readonly serviceUrl: string;
	readonly openIdMetadataUrl: string;
	/** The token endpoint is `<loginUrl>/<tenantId>/oauth2/v2.0/token`. */
	readonly loginUrl: string;
	/** Without a version: the calls begin with `<graphUrl>/v1.0/`. */
	readonly graphUrl: string;
	/** The host of OneDrive and SharePoint, another one than the connector's. */
	readonly filesUrl: string;
}

/** What may be changed while the emulator runs. */
export interface Settings {
	messagingEndpoint: string | undefined;
	latencyMs: number;
	/** False: the tenant or the client does not know streams. */
	streaming: boolean;
	putOnOpenStream: 'refused' | 'closes';
	graph: { messages: boolean; files: boolean; groups: boolean };
	duplicates: boolean;
	acksToDrop: number;
}

export interface Core {
	readonly identity: Identity;
	readonly settings: Settings;
	/** Epoch milliseconds with fractions. */
	readonly now: () => number;
	readonly tenant: Tenant;
	readonly messages: MessageStore;
	readonly downloads: Downloads;
	readonly uploads: Uploads;
	readonly deliveries: Deliveries;
	readonly limiter: Limiter;
}
