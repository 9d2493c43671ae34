/** Where a conversation is held, in a sign. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

type Held = Pick<ConversationView, 'platform' | 'kind'>;

export function PlaceBadge({ view }: { view: Held }) {
	const place = usePlaceName(view);
	return (
		<span class={`place-badge of-${view.platform}`} title={place} aria-hidden="true">
			{view.platform === 'web' ? <Icon name="talk" /> : view.platform.charAt(0).toUpperCase()}
		</span>
	);
}

/** In words: `Slack, channel`. */
export function usePlaceName({ platform, kind }: Held): string {
	const { words } = usePage();
	const name = words.places[platform] ?? platform;
	return platform === 'web' ? name : `${name}, ${words.kinds[kind]}`;
}
