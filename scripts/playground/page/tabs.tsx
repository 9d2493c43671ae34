/** One platform at a time, where three do not fit side by side. */

import type { Platform } from '../wire.ts';
import { platformNames } from './selectors.ts';

interface TabsProps {
	platforms: readonly Platform[];
	current: Platform;
	onChoose(platform: Platform): void;
}

export function Tabs({ platforms, current, onChoose }: TabsProps) {
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step === undefined) return;
		const next = platforms[(platforms.indexOf(current) + step + platforms.length) % platforms.length];
		if (next === undefined) return;
		onChoose(next);
		document.getElementById(`tab-${next}`)?.focus();
	};
	return (
		<div class="tabs" role="tablist" onKeyDown={onKeyDown}>
			{platforms.map((platform) => (
				<button
					type="button"
					role="tab"
					key={platform}
					id={`tab-${platform}`}
					data-platform={platform}
					aria-selected={platform === current}
					aria-controls={`pane-${platform}`}
					tabIndex={platform === current ? 0 : -1}
					onClick={() => onChoose(platform)}
				>
					{platformNames[platform]}
				</button>
			))}
		</div>
	);
}
