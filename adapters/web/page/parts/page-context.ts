/** What all parts of the page are given: what it does, and its words. */

import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Chat } from '../state/chat.ts';
import type { PageStore } from '../state/page-store.ts';
import { english, type PageWords } from '../words/english.ts';
import { spanish } from '../words/spanish.ts';

export interface PageContext {
	chat: Chat;
	words: PageWords;
	language: 'en' | 'es';
}

export const PageProvider = createContext<PageContext | null>(null);

export function usePage(): PageContext {
	const context = useContext(PageProvider);
	if (context === null) throw new Error('a part of the page stands outside of it');
	return context;
}

export function wordsIn(language: 'en' | 'es'): PageWords {
	return language === 'es' ? spanish : english;
}

/** Of the browser, as long as nobody is signed in. */
export function browserLanguage(): 'en' | 'es' {
	return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
}

export function useStored<Value>(store: PageStore<Value>): Value {
	return useSelected(store, itself);
}

/** A part of what is stored: what shows it is drawn anew when that is another one. @param select The same function each time. */
export function useSelected<Value, Part>(store: PageStore<Value>, select: (value: Value) => Part): Part {
	const [part, setPart] = useState(() => select(store.get()));
	useEffect(() => {
		const look = () => setPart(() => select(store.get()));
		// It may have changed between the first look and this one.
		look();
		return store.subscribe(look);
	}, [store, select]);
	return part;
}

function itself<Value>(value: Value): Value {
	return value;
}
