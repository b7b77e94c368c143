import type {} from 'countersign/types/astro';
