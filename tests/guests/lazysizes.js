import "lazysizes";
