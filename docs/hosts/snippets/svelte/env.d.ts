import type {} from 'countersign/types/svelte';
