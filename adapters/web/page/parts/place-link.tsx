/** A link to a place of the page. With a key held it opens in a tab of its own, like any other. */

import type { ComponentChildren, Ref } from 'preact';
import { type PageRoute, pathOf } from '../state/page-route.ts';
import { goTo } from './address.ts';

interface PlaceLinkProps {
	route: PageRoute;
	class: string;
	isCurrent?: boolean;
	/** Where arrow keys lead to it. */
	isSkipped?: boolean;
	keys?: string;
	/** Where signs say what words would. */
	label?: string;
	link?: Ref<HTMLAnchorElement>;
	onGo(): void;
	onKeyDown?(event: KeyboardEvent): void;
	children: ComponentChildren;
}

export function PlaceLink({
	route,
	class: name,
	isCurrent = false,
	isSkipped = false,
	keys,
	label,
	link,
	onGo,
	onKeyDown,
	children,
}: PlaceLinkProps) {
	const go = (event: MouseEvent) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
		event.preventDefault();
		goTo(route);
		onGo();
	};
	return (
		<a
			ref={link ?? null}
			href={pathOf(route)}
			class={name}
			aria-current={isCurrent ? 'page' : undefined}
			aria-keyshortcuts={keys}
			aria-label={label}
			tabIndex={isSkipped ? -1 : undefined}
			onClick={go}
			onKeyDown={onKeyDown}
		>
			{children}
		</a>
	);
}
