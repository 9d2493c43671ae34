/** A button with a menu: arrow keys go through it, Escape and a press elsewhere close it. */

import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

export interface MenuChoice {
	icon: IconName;
	label: string;
	isDangerous?: boolean;
	/** What it does, or where it leads. */
	act?(): void;
	address?: string;
	/** What is there is saved, and the page stays. */
	isFile?: boolean;
}

interface MenuProps {
	label: string;
	class: string;
	choices: readonly MenuChoice[];
	/** Where keys reach what it does in another way. */
	isSkipped?: boolean;
	children: ComponentChildren;
}

/** Kept free between the menu and the edge of the window. */
const edgePixels = 8;

export function Menu({ label, class: name, choices, isSkipped = false, children }: MenuProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const menu = useRef<HTMLDivElement>(null);
	const [isOpen, setIsOpen] = useState(false);
	useLayoutEffect(() => {
		if (!isOpen || button.current === null || menu.current === null) return;
		place(menu.current, button.current.getBoundingClientRect());
		itemsOf(menu.current)[0]?.focus();
	}, [isOpen]);

	const close = () => menu.current?.hidePopover();
	const onKeyDown = (event: KeyboardEvent) => {
		const items = itemsOf(event.currentTarget as HTMLElement);
		const next = nextIndex(event.key, items.indexOf(document.activeElement as HTMLElement), items.length);
		// Where the menu stands in something that listens to keys itself, these are not meant for it.
		event.stopPropagation();
		if (event.key === 'Tab') close();
		if (next === null) return;
		event.preventDefault();
		items[next]?.focus();
	};
	return (
		<>
			<button
				ref={button}
				type="button"
				class={name}
				aria-label={label}
				title={label}
				aria-haspopup="menu"
				aria-expanded={isOpen}
				tabIndex={isSkipped ? -1 : undefined}
				popoverTarget={id}
			>
				{children}
			</button>
			<div
				ref={menu}
				id={id}
				class="menu"
				role="menu"
				tabIndex={-1}
				aria-label={label}
				popover="auto"
				onToggle={(event) => setIsOpen((event as unknown as ToggleEvent).newState === 'open')}
				onKeyDown={onKeyDown}
			>
				{isOpen && choices.map((choice) => <MenuItem key={choice.label} choice={choice} onDone={close} />)}
			</div>
		</>
	);
}

function MenuItem({ choice: { icon, label, isDangerous, act, address, isFile }, onDone }: { choice: MenuChoice; onDone(): void }) {
	const shared = { role: 'menuitem', tabIndex: -1, class: isDangerous ? 'choice dangerous' : 'choice' } as const;
	const inside = (
		<>
			<Icon name={icon} />
			{label}
		</>
	);
	if (address !== undefined) {
		return (
			<a {...shared} href={address} {...(isFile ? { download: '' } : { target: '_blank', rel: 'noreferrer noopener' })} onClick={onDone}>
				{inside}
			</a>
		);
	}
	const press = () => {
		onDone();
		act?.();
	};
	return (
		<button type="button" {...shared} onClick={press}>
			{inside}
		</button>
	);
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
	return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Below its button, or above where there is no room. */
function place(menu: HTMLElement, around: DOMRect): void {
	const { offsetWidth, offsetHeight } = menu;
	const isRoomBelow = around.bottom + offsetHeight + edgePixels <= innerHeight;
	const left = document.dir === 'rtl' ? around.left : around.right - offsetWidth;
	menu.style.top = `${isRoomBelow ? around.bottom + 4 : Math.max(edgePixels, around.top - offsetHeight - 4)}px`;
	menu.style.left = `${Math.max(edgePixels, Math.min(left, innerWidth - offsetWidth - edgePixels))}px`;
}

function nextIndex(key: string, at: number, count: number): number | null {
	if (key === 'ArrowDown') return (at + 1) % count;
	if (key === 'ArrowUp') return (at - 1 + count) % count;
	if (key === 'Home') return 0;
	return key === 'End' ? count - 1 : null;
}
