// In place of the built program of the page.
document.documentElement.dataset.widget = 'countersign';
