/** What somebody has chosen for this browser: it stays when they sign out. */

import { type BrowserStorage, createKept } from './kept.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export const themes = ['system', 'light', 'dark'] as const;

export interface DeviceSettings {
	theme: (typeof themes)[number];
}

export interface KeptSettings {
	settings: PageStore<DeviceSettings>;
	choose(part: Partial<DeviceSettings>): void;
}

const standard: DeviceSettings = { theme: 'system' };

export function createDeviceSettings(storage: BrowserStorage): KeptSettings {
	const kept = createKept(storage, 'device');
	const settings = createPageStore<DeviceSettings>(readSettings(kept.read('settings')));
	return {
		settings,
		choose(part) {
			settings.change((now) => ({ ...now, ...part }));
			kept.write('settings', settings.get());
		},
	};
}

/** Another release may have kept something else. */
function readSettings(value: unknown): DeviceSettings {
	const { theme } = (value ?? {}) as Partial<DeviceSettings>;
	return { theme: themes.find((one) => one === theme) ?? standard.theme };
}
