export { render } from 'preact';
export type { ComponentChildren, ComponentType, VNode } from 'preact';
export { useCallback, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
export function html(strings: TemplateStringsArray, ...values: any[]): VNode;
