export { Fragment, render } from 'preact';
export type { ComponentChildren, ComponentType, VNode } from 'preact';
export { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { computed, effect, signal, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
export function html(strings: TemplateStringsArray, ...values: any[]): VNode;
